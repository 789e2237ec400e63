proc shout*(s: string): string = s & "!"
