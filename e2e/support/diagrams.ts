export const flowchart = `\`\`\`mermaid
flowchart TD
  A[Start] --> B{Is it whole?}
  B -->|yes| C[Draw it]
  B -->|no| D[Wait for more<br>of the text]
  D --> B
  subgraph Later
    C --> E((End))
  end
\`\`\``;

/** A diagram of each kind that models write, as blocks of an answer. */
export const diagrams = `${flowchart}

\`\`\`mermaid
sequenceDiagram
  participant P as Page
  participant W as Worker
  P->>W: generate
  loop every token
    W-->>P: delta
  end
  Note over P,W: A note over both
  W->>P: result
\`\`\`

\`\`\`mermaid
classDiagram
  class Animal {
    +String name
    +eat() void
  }
  Animal <|-- Dog
  Animal <|-- Cat : is a
\`\`\`

\`\`\`mermaid
stateDiagram-v2
  [*] --> Idle
  Idle --> Busy: ask
  Busy --> Idle: done
  Busy --> [*]
\`\`\`

\`\`\`mermaid
erDiagram
  CUSTOMER ||--o{ ORDER : places
  ORDER ||--|{ LINE : contains
  CUSTOMER { string name
    int id PK }
\`\`\`

\`\`\`mermaid
gantt
  title A plan
  dateFormat YYYY-MM-DD
  section One
  First task :a1, 2026-01-01, 10d
  Second :after a1, 5d
  section Two
  Crit :crit, 2026-01-05, 8d
\`\`\`

\`\`\`mermaid
pie title Pets
  "Dogs" : 386
  "Cats" : 85
  "Rats" : 15
\`\`\`

\`\`\`mermaid
mindmap
  root((Roots))
    One
      A
      B
    Two
\`\`\`

\`\`\`mermaid
gitGraph
  commit
  branch develop
  commit
  checkout main
  merge develop
\`\`\`

\`\`\`mermaid
journey
  title My day
  section Work
    Make tea: 5: Me
    Work: 1: Me, Cat
\`\`\``;

/** It tries to run, to fetch and to change how it is drawn. */
export const hostileDiagram = `\`\`\`mermaid
%%{init: {"securityLevel": "loose", "flowchart": {"htmlLabels": true}, "themeCSS": "@import url(https://example.org/x.css)"}}%%
flowchart TD
  A["<img src=x onerror='parent.parent.hit = 1'>Label"] --> B["<script>parent.parent.hit = 1</script><b>bold</b>"]
  click A "javascript:alert(1)"
  click B call alert()
\`\`\``;

/** They can not be drawn, each for another reason. */
export const undrawnDiagrams = [
  "flowchart TD\n  A --> B\n  B --> [",
  "nonsense\n  here",
  `flowchart TD\n${Array.from({ length: 10_000 }, (_, at) => `  n${at} --> n${at + 1}`).join("\n")}`,
].map((code) => `\`\`\`mermaid\n${code}\n\`\`\``);

/** Something in a picture that would run, or be fetched. */
export const active = /<script|<img| on\w+=|javascript:|@import|(?:href|url\()[^#]{0,2}https?:/i;
