template key*(s: string) {.pragma.}
type Person* {.key: "human".} = object
  name* {.key: "nm".}: string
