proc count*[T](): int =
  var n {.global.}: float = 10
  n += 1
  int(n)
