import type { LoadedModel } from "../worker/protocol";

interface Props {
  loaded: LoadedModel;
}

/** How the loaded model came up, and what the tuner chose for it. */
export function BenchLoad({ loaded: { stages, tuned } }: Props) {
  const endMs = Math.max(...stages.map((stage) => stage.endMs));
  return (
    <>
      <table>
        <caption>From stored file to first token: {(endMs / 1000).toFixed(2)} s</caption>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">from, ms</th>
            <th scope="col">to, ms</th>
          </tr>
        </thead>
        <tbody>
          {stages.map(({ name, startMs, endMs }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{startMs.toFixed(0)}</td>
              <td>{endMs.toFixed(0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {tuned.length > 0 && (
        <table>
          <caption>Products chosen for this device</caption>
          <tbody>
            {tuned.map(({ shape, choice, source, rejected }) => (
              <tr key={shape}>
                <th scope="row">{shape}</th>
                <td>
                  {choice}, {source}
                  {rejected.map((one) => ` · not ${one.choice}: ${one.reason}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
