import a
proc describe*(x: A): string = "A(" & $x.n & ")"
