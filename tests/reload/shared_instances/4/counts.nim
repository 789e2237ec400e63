proc count*[T](): int =
  var n {.global.} = 10
  inc n
  n
