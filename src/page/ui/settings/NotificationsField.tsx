import { useState } from "react";
import { t } from "../../../language/language";
import { askBrowser, notificationLeave } from "../../stores/device/hidden-tab";
import { changeSettings, useSettings } from "../../stores/settings/settings";
import { Switch } from "../parts/buttons/Switch";
import { Problem } from "../parts/notices/Problem";

/** A switch that is on where both the person and the browser allow notifications. */
export function NotificationsField() {
  const isWanted = useSettings((s) => s.notifications);
  const [leave, setLeave] = useState(notificationLeave);
  const [wasRefused, setWasRefused] = useState(false);
  const change = async (isOn: boolean) => {
    changeSettings({ notifications: isOn });
    const now = isOn && leave !== "granted" ? await askBrowser() : leave;
    setLeave(now);
    setWasRefused(isOn && now !== "granted");
  };
  return (
    <>
      <Switch
        label={t("Notifications")}
        hint={
          leave === "none"
            ? t("This browser has none.")
            : t(
                "Says so when a long answer, or the reading of documents, ends in a tab that is out of sight.",
              )
        }
        isOn={isWanted && leave === "granted"}
        isDisabled={leave === "none"}
        onChange={(isOn) => void change(isOn)}
      />
      {wasRefused && (
        <Problem>
          {t("The browser does not allow it. Allow notifications for this page in its settings of the site.")}
        </Problem>
      )}
    </>
  );
}
