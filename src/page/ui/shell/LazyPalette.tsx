import { lazy, Suspense } from "react";
import { useView } from "../../stores/view";

const Palette = lazy(() => import("../palette/Palette").then(({ Palette }) => ({ default: Palette })));
const ShortcutList = lazy(() =>
  import("../palette/ShortcutList").then(({ ShortcutList }) => ({ default: ShortcutList })),
);

const CarryDialog = lazy(() =>
  import("../carry/CarryDialog").then(({ CarryDialog }) => ({ default: CarryDialog })),
);

/**
 * Dialogs that are fetched when one is asked for: the palette, the list of shortcuts, exports and imports.
 */
export function LazyPalette() {
  const kind = useView((s) => s.dialog.kind);
  return (
    <Suspense>
      {kind === "palette" && <Palette />}
      {kind === "shortcuts" && <ShortcutList />}
      {kind === "carry" && <CarryDialog />}
    </Suspense>
  );
}
