# Answers a request: a status and a text.
proc handle*(path: string): (int, string) =
  if path == "/missing": return (404, "nothing here")
  (200, "you asked for " & path & "\n")
