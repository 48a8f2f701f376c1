import { lazy, Suspense } from "react";
import { useView } from "../../stores/view";

const Palette = lazy(() => import("../palette/Palette").then(({ Palette }) => ({ default: Palette })));
const ShortcutList = lazy(() =>
  import("../palette/ShortcutList").then(({ ShortcutList }) => ({ default: ShortcutList })),
);

/** The palette and the list of shortcuts, fetched when one is asked for. */
export function LazyPalette() {
  const kind = useView((s) => s.dialog.kind);
  return (
    <Suspense>
      {kind === "palette" && <Palette />}
      {kind === "shortcuts" && <ShortcutList />}
    </Suspense>
  );
}
