let more = "more " & $fromPart()
