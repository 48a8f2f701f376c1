import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { t } from "../../../language/language";
import styles from "./ResizeHandle.module.css";

interface Props {
  /** The name of what it makes wider or narrower. */
  label: string;
  /** The panel's share of the window's width. */
  share: number;
  /** @param isEnd  the person has let go: worth remembering */
  onChange: (share: number, isEnd: boolean) => void;
}

/** The least and the most of the window's width that a panel may take. */
export const PANEL_SHARES = { min: 0.25, max: 0.75 } as const;
const STEP = 0.02;

const within = (share: number) => Math.min(PANEL_SHARES.max, Math.max(PANEL_SHARES.min, share));

/**
 * The share of a panel whose edge is at `x`; it lies at the end of the line, on the left from right to left.
 */
export const shareFrom = (x: number, width: number, isRtl: boolean): number =>
  within(isRtl ? x / width : 1 - x / width);

/** The share after a key; `undefined` where the key moves nothing. */
export function shareAfter(key: string, share: number, isRtl: boolean): number | undefined {
  const wider = isRtl ? "ArrowRight" : "ArrowLeft";
  if (key === "ArrowLeft" || key === "ArrowRight") return within(share + (key === wider ? STEP : -STEP));
  return { Home: PANEL_SHARES.min, End: PANEL_SHARES.max }[key];
}

const readsRightToLeft = () => document.documentElement.dir === "rtl";

/** The edge of a panel at the end of the line: dragged, or moved with the arrow keys, Home and End. */
export function ResizeHandle({ label, share, onChange }: Props) {
  const isDragged = useRef(false);
  const shareAt = ({ clientX }: PointerEvent) => shareFrom(clientX, innerWidth, readsRightToLeft());
  const press = (event: KeyboardEvent) => {
    const moved = shareAfter(event.key, share, readsRightToLeft());
    if (moved === undefined) return;
    event.preventDefault();
    onChange(moved, true);
  };
  return (
    // A separator that moves takes the focus: www.w3.org/WAI/ARIA/apg/patterns/windowsplitter
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={styles.handle}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={100 * PANEL_SHARES.min}
      aria-valuemax={100 * PANEL_SHARES.max}
      aria-valuenow={Math.round(100 * share)}
      aria-valuetext={t("{share} % of the window", { share: Math.round(100 * share) })}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        isDragged.current = true;
      }}
      onPointerMove={(event) => isDragged.current && onChange(shareAt(event), false)}
      onLostPointerCapture={(event) => {
        isDragged.current = false;
        onChange(shareAt(event), true);
      }}
    />
  );
}
