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

/** The edge of a panel on the right: dragged, or moved with the arrow keys, Home and End. */
export function ResizeHandle({ label, share, onChange }: Props) {
  const isDragged = useRef(false);
  const shareAt = ({ clientX }: PointerEvent) => within(1 - clientX / innerWidth);
  const press = (event: KeyboardEvent) => {
    const moved = {
      ArrowLeft: share + STEP,
      ArrowRight: share - STEP,
      Home: PANEL_SHARES.min,
      End: PANEL_SHARES.max,
    }[event.key];
    if (moved === undefined) return;
    event.preventDefault();
    onChange(within(moved), true);
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
