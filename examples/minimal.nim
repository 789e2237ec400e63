proc greet*(name: string): string = "hello, " & name & "!"
