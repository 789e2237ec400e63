const red* = "red"
const blue* = "blue"
proc mix*(a, b: string): string = a & "+" & b
