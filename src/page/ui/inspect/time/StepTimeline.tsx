import { formatFixed } from "../../parts/words/format";
import { stepBars, type PageTimes } from "../../../stores/inspect/trace";
import type { PhaseProfile } from "../../../../worker/rpc/protocol/measure";
import type { TermName } from "../../parts/words/glossary";
import { Term } from "../../parts/words/Term";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { mark, t } from "../../../../language/language";
import styles from "./Time.module.css";
import inspectStyles from "../Inspect.module.css";

interface Props {
  profile: PhaseProfile;
  page: PageTimes;
}

const lanes = ["worker", "gpu", "page"] as const;
const laneNames = { worker: mark("Worker"), gpu: mark("GPU"), page: mark("Page") } as const;
const where = { worker: mark("in the worker"), gpu: mark("on the GPU"), page: mark("in the page") } as const;
const terms: Readonly<Record<string, TermName>> = {
  Encode: "encode",
  Submit: "submit",
  "Read back": "read back",
};
const LANE_HEIGHT = 30;

/** One step from the worker's first command to the page, the middle one of several. */
export function StepTimeline({ profile, page }: Props) {
  const bars = stepBars(profile, page);
  const endMs = Math.max(...bars.map((bar) => bar.endMs));
  const title = profile.phase === "decode" ? t("One token") : t("One chunk");
  return (
    <>
      <figure className={styles.bars}>
        <figcaption>{t("{title}, {endMs} ms", { title, endMs: formatFixed(endMs, 2) })}</figcaption>
        <div className={styles.lanes} aria-hidden>
          {lanes.map((lane) => (
            <span key={lane}>{t(laneNames[lane])}</span>
          ))}
        </div>
        <svg
          viewBox={`0 0 1000 ${LANE_HEIGHT * lanes.length}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t("{title} as bars over time: worker, GPU, page. The table below has the numbers.", {
            title,
          })}
        >
          {bars.map(({ name, lane, startMs, endMs: barEndMs }) => (
            <rect
              key={name}
              data-lane={lane}
              x={(1000 * startMs) / endMs}
              y={lanes.indexOf(lane) * LANE_HEIGHT + 4}
              width={Math.max(6, (1000 * (barEndMs - startMs)) / endMs)}
              height={LANE_HEIGHT - 8}
            />
          ))}
        </svg>
      </figure>
      <ScrollBox label={t("Parts of a step")}>
        <table>
          <caption>{t("Parts of it")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Part")}</th>
              <th scope="col">{t("from, ms")}</th>
              <th scope="col">{t("to, ms")}</th>
              <th scope="col">{t("ms")}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ name, lane, startMs, endMs: barEndMs }) => (
              <tr key={name}>
                <th scope="row">
                  {name in terms ? <Term name={terms[name]!}>{t(name)}</Term> : t(name)}{" "}
                  <span className={inspectStyles.note}>{t(where[lane])}</span>
                </th>
                <td>{formatFixed(startMs, 2)}</td>
                <td>{formatFixed(barEndMs, 2)}</td>
                <td>{formatFixed(barEndMs - startMs, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}
