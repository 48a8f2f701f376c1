import { editSettings, useSettings, type Preset } from "./settings";

export const presetOf = (id: string): Preset | undefined =>
  useSettings.getState().presets.find((preset) => preset.id === id);

export function changePreset(id: string, change: (preset: Preset) => Preset): void {
  editSettings(({ presets }) => ({
    presets: presets.map((preset) => (preset.id === id ? change(preset) : preset)),
  }));
}
