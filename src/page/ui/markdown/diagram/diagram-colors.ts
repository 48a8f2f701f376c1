/** Names of the page's colours, in tokens.css. */
const names = [
  "page",
  "surface",
  "sunken",
  "ink",
  "ink-soft",
  "line",
  "line-strong",
  "accent",
  "accent-ink",
  "tint",
  "danger",
  "danger-tint",
  ...Array.from({ length: 8 }, (_, at) => `series-${at}` as const),
] as const;

type Colors = Readonly<Record<(typeof names)[number], string>>;

/** The page's colours as they are now, in the form that Mermaid reads: #rrggbb. */
function readColors(): Colors {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  // An element each: a change of colour could be a transition, which has only begun.
  const probes = document.createElement("div");
  document.body.append(probes);
  const colors = names.map((name) => {
    const probe = probes.appendChild(document.createElement("span"));
    probe.style.color = `var(--${name})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
    return [name, `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`];
  });
  probes.remove();
  return Object.fromEntries(colors) as Colors;
}

/** Variables of Mermaid's theme "base", by the page's colours. */
export function themeVariables(isDark: boolean): Record<string, string | boolean> {
  const c = readColors();
  const series = Array.from({ length: 8 }, (_, at) => c[`series-${at}`]!);
  const numbered = (prefix: string, first: number, from: readonly string[], count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`${prefix}${at + first}`, from[at % from.length]!]),
    );
  return {
    darkMode: isDark,
    background: c.surface,
    primaryColor: c.tint,
    primaryTextColor: c.ink,
    primaryBorderColor: c.accent,
    secondaryColor: c.sunken,
    secondaryTextColor: c.ink,
    secondaryBorderColor: c["line-strong"],
    tertiaryColor: c.sunken,
    tertiaryTextColor: c.ink,
    tertiaryBorderColor: c["line-strong"],
    lineColor: c["ink-soft"],
    textColor: c.ink,
    titleColor: c.ink,
    mainBkg: c.tint,
    nodeBorder: c.accent,
    clusterBkg: c.sunken,
    clusterBorder: c["line-strong"],
    edgeLabelBackground: c.surface,
    noteBkgColor: c.sunken,
    noteTextColor: c.ink,
    noteBorderColor: c["line-strong"],
    actorBkg: c.tint,
    actorBorder: c.accent,
    actorTextColor: c.ink,
    actorLineColor: c["line-strong"],
    signalColor: c["ink-soft"],
    signalTextColor: c.ink,
    labelBoxBkgColor: c.sunken,
    labelBoxBorderColor: c["line-strong"],
    labelTextColor: c.ink,
    loopTextColor: c.ink,
    activationBkgColor: c.sunken,
    activationBorderColor: c["line-strong"],
    errorBkgColor: c["danger-tint"],
    errorTextColor: c.danger,
    gridColor: c.line,
    sectionBkgColor: c.sunken,
    altSectionBkgColor: c.surface,
    sectionBkgColor2: c.sunken,
    taskBkgColor: c.tint,
    taskBorderColor: c.accent,
    taskTextColor: c.ink,
    taskTextDarkColor: c.ink,
    taskTextLightColor: c.ink,
    taskTextOutsideColor: c.ink,
    activeTaskBkgColor: c.accent,
    activeTaskBorderColor: c.accent,
    doneTaskBkgColor: c.sunken,
    doneTaskBorderColor: c["line-strong"],
    critBkgColor: c["danger-tint"],
    critBorderColor: c.danger,
    todayLineColor: c.danger,
    pieTitleTextColor: c.ink,
    pieSectionTextColor: c.surface,
    pieLegendTextColor: c.ink,
    pieStrokeColor: c.surface,
    pieOuterStrokeColor: c.line,
    pieOpacity: "1",
    ...numbered("pie", 1, series, 12),
    ...numbered("git", 0, series.slice(1), 8),
    ...numbered("gitBranchLabel", 0, [c.surface], 8),
    commitLabelColor: c.ink,
    commitLabelBackground: c.sunken,
    tagLabelColor: c.ink,
    tagLabelBackground: c.tint,
    tagLabelBorder: c.accent,
    ...numbered("cScale", 0, series, 12),
    ...numbered("cScaleLabel", 0, [c.surface], 12),
    ...numbered("fillType", 0, [c.tint, c.sunken], 8),
  };
}
