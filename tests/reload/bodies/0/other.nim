import logic
const limit* = atCompileTime()
