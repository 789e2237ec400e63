template key*(s: string) {.pragma.}
type Person* {.key: "person".} = object
  name* {.key: "n".}: string
