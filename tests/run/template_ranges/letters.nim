# Ranges in templates that others expand.
template letters*(): set[char] = {'a'..'c', 'x' .. 'z'}
template filled*(name: untyped) =
  var name: array[0 .. 3 - 1, int]
template isSmall*(n: int): bool =
  case n
  of 0..3, 5 .. 6: true
  else: false
template small*(): typedesc = range[0..3]
template middle*(s: string): string = s[1 .. ^2]
