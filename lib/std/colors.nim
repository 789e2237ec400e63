## Colors: red, green and blue, by number and by name.

import std/strutils
from std/hashes import Hash, hash

type Color* = distinct int ## `0xRRGGBB`

proc `==`*(a, b: Color): bool {.borrow.}
proc hash*(c: Color): Hash {.borrow.}

proc extractRGB*(a: Color): tuple[r, g, b: range[0..255]] =
  ## The three parts.
  result.r = (a.int shr 16) and 0xff
  result.g = (a.int shr 8) and 0xff
  result.b = a.int and 0xff

proc rawRGB(r, g, b: int): Color = Color(r shl 16 or g shl 8 or b)

proc rgb*(r, g, b: range[0..255]): Color = rawRGB(r, g, b)
  ## A color of its parts.

proc part(value: int): int = clamp(value, 0, 255)

proc `+`*(a, b: Color): Color =
  ## Adds the parts; none gets above 255.
  let (x, y) = (extractRGB(a), extractRGB(b))
  rawRGB(part(x.r + y.r), part(x.g + y.g), part(x.b + y.b))

proc `-`*(a, b: Color): Color =
  ## Subtracts the parts; none gets below 0.
  let (x, y) = (extractRGB(a), extractRGB(b))
  rawRGB(part(x.r - y.r), part(x.g - y.g), part(x.b - y.b))

proc `$`*(c: Color): string = '#' & toHex(int(c), 6)
  ## As in `#FF8000`.

proc intensity*(a: Color, f: float): Color =
  ## The parts times `f`.
  let x = extractRGB(a)
  let scaled = proc (value: int): int = part(toInt(toFloat(value) * f))
  rawRGB(scaled(x.r), scaled(x.g), scaled(x.b))

template mix*(first, second: Color, fn: untyped): untyped =
  ## `fn` of each two parts, kept within 0..255.
  template one(value: untyped): int =
    let computed = value
    if computed < 0: 0 elif computed > 255: 255 else: computed
  let (x, y) = (extractRGB(first), extractRGB(second))
  rgb(one(fn(x.r, y.r)), one(fn(x.g, y.g)), one(fn(x.b, y.b)))

const table = [
  ("aliceblue", Color(0xF0F8FF)),
  ("antiquewhite", Color(0xFAEBD7)),
  ("aqua", Color(0x00FFFF)),
  ("aquamarine", Color(0x7FFFD4)),
  ("azure", Color(0xF0FFFF)),
  ("beige", Color(0xF5F5DC)),
  ("bisque", Color(0xFFE4C4)),
  ("black", Color(0x000000)),
  ("blanchedalmond", Color(0xFFEBCD)),
  ("blue", Color(0x0000FF)),
  ("blueviolet", Color(0x8A2BE2)),
  ("brown", Color(0xA52A2A)),
  ("burlywood", Color(0xDEB887)),
  ("cadetblue", Color(0x5F9EA0)),
  ("chartreuse", Color(0x7FFF00)),
  ("chocolate", Color(0xD2691E)),
  ("coral", Color(0xFF7F50)),
  ("cornflowerblue", Color(0x6495ED)),
  ("cornsilk", Color(0xFFF8DC)),
  ("crimson", Color(0xDC143C)),
  ("cyan", Color(0x00FFFF)),
  ("darkblue", Color(0x00008B)),
  ("darkcyan", Color(0x008B8B)),
  ("darkgoldenrod", Color(0xB8860B)),
  ("darkgray", Color(0xA9A9A9)),
  ("darkgrey", Color(0xA9A9A9)),
  ("darkgreen", Color(0x006400)),
  ("darkkhaki", Color(0xBDB76B)),
  ("darkmagenta", Color(0x8B008B)),
  ("darkolivegreen", Color(0x556B2F)),
  ("darkorange", Color(0xFF8C00)),
  ("darkorchid", Color(0x9932CC)),
  ("darkred", Color(0x8B0000)),
  ("darksalmon", Color(0xE9967A)),
  ("darkseagreen", Color(0x8FBC8F)),
  ("darkslateblue", Color(0x483D8B)),
  ("darkslategray", Color(0x2F4F4F)),
  ("darkslategrey", Color(0x2F4F4F)),
  ("darkturquoise", Color(0x00CED1)),
  ("darkviolet", Color(0x9400D3)),
  ("deeppink", Color(0xFF1493)),
  ("deepskyblue", Color(0x00BFFF)),
  ("dimgray", Color(0x696969)),
  ("dimgrey", Color(0x696969)),
  ("dodgerblue", Color(0x1E90FF)),
  ("firebrick", Color(0xB22222)),
  ("floralwhite", Color(0xFFFAF0)),
  ("forestgreen", Color(0x228B22)),
  ("fuchsia", Color(0xFF00FF)),
  ("gainsboro", Color(0xDCDCDC)),
  ("ghostwhite", Color(0xF8F8FF)),
  ("gold", Color(0xFFD700)),
  ("goldenrod", Color(0xDAA520)),
  ("gray", Color(0x808080)),
  ("grey", Color(0x808080)),
  ("green", Color(0x008000)),
  ("greenyellow", Color(0xADFF2F)),
  ("honeydew", Color(0xF0FFF0)),
  ("hotpink", Color(0xFF69B4)),
  ("indianred", Color(0xCD5C5C)),
  ("indigo", Color(0x4B0082)),
  ("ivory", Color(0xFFFFF0)),
  ("khaki", Color(0xF0E68C)),
  ("lavender", Color(0xE6E6FA)),
  ("lavenderblush", Color(0xFFF0F5)),
  ("lawngreen", Color(0x7CFC00)),
  ("lemonchiffon", Color(0xFFFACD)),
  ("lightblue", Color(0xADD8E6)),
  ("lightcoral", Color(0xF08080)),
  ("lightcyan", Color(0xE0FFFF)),
  ("lightgoldenrodyellow", Color(0xFAFAD2)),
  ("lightgray", Color(0xD3D3D3)),
  ("lightgrey", Color(0xD3D3D3)),
  ("lightgreen", Color(0x90EE90)),
  ("lightpink", Color(0xFFB6C1)),
  ("lightsalmon", Color(0xFFA07A)),
  ("lightseagreen", Color(0x20B2AA)),
  ("lightskyblue", Color(0x87CEFA)),
  ("lightslategray", Color(0x778899)),
  ("lightslategrey", Color(0x778899)),
  ("lightsteelblue", Color(0xB0C4DE)),
  ("lightyellow", Color(0xFFFFE0)),
  ("lime", Color(0x00FF00)),
  ("limegreen", Color(0x32CD32)),
  ("linen", Color(0xFAF0E6)),
  ("magenta", Color(0xFF00FF)),
  ("maroon", Color(0x800000)),
  ("mediumaquamarine", Color(0x66CDAA)),
  ("mediumblue", Color(0x0000CD)),
  ("mediumorchid", Color(0xBA55D3)),
  ("mediumpurple", Color(0x9370D8)),
  ("mediumseagreen", Color(0x3CB371)),
  ("mediumslateblue", Color(0x7B68EE)),
  ("mediumspringgreen", Color(0x00FA9A)),
  ("mediumturquoise", Color(0x48D1CC)),
  ("mediumvioletred", Color(0xC71585)),
  ("midnightblue", Color(0x191970)),
  ("mintcream", Color(0xF5FFFA)),
  ("mistyrose", Color(0xFFE4E1)),
  ("moccasin", Color(0xFFE4B5)),
  ("navajowhite", Color(0xFFDEAD)),
  ("navy", Color(0x000080)),
  ("oldlace", Color(0xFDF5E6)),
  ("olive", Color(0x808000)),
  ("olivedrab", Color(0x6B8E23)),
  ("orange", Color(0xFFA500)),
  ("orangered", Color(0xFF4500)),
  ("orchid", Color(0xDA70D6)),
  ("palegoldenrod", Color(0xEEE8AA)),
  ("palegreen", Color(0x98FB98)),
  ("paleturquoise", Color(0xAFEEEE)),
  ("palevioletred", Color(0xD87093)),
  ("papayawhip", Color(0xFFEFD5)),
  ("peachpuff", Color(0xFFDAB9)),
  ("peru", Color(0xCD853F)),
  ("pink", Color(0xFFC0CB)),
  ("plum", Color(0xDDA0DD)),
  ("powderblue", Color(0xB0E0E6)),
  ("purple", Color(0x800080)),
  ("rebeccapurple", Color(0x663399)),
  ("red", Color(0xFF0000)),
  ("rosybrown", Color(0xBC8F8F)),
  ("royalblue", Color(0x4169E1)),
  ("saddlebrown", Color(0x8B4513)),
  ("salmon", Color(0xFA8072)),
  ("sandybrown", Color(0xF4A460)),
  ("seagreen", Color(0x2E8B57)),
  ("seashell", Color(0xFFF5EE)),
  ("sienna", Color(0xA0522D)),
  ("silver", Color(0xC0C0C0)),
  ("skyblue", Color(0x87CEEB)),
  ("slateblue", Color(0x6A5ACD)),
  ("slategray", Color(0x708090)),
  ("slategrey", Color(0x708090)),
  ("snow", Color(0xFFFAFA)),
  ("springgreen", Color(0x00FF7F)),
  ("steelblue", Color(0x4682B4)),
  ("tan", Color(0xD2B48C)),
  ("teal", Color(0x008080)),
  ("thistle", Color(0xD8BFD8)),
  ("tomato", Color(0xFF6347)),
  ("turquoise", Color(0x40E0D0)),
  ("violet", Color(0xEE82EE)),
  ("wheat", Color(0xF5DEB3)),
  ("white", Color(0xFFFFFF)),
  ("whitesmoke", Color(0xF5F5F5)),
  ("yellow", Color(0xFFFF00)),
  ("yellowgreen", Color(0x9ACD32)),
]

const
  colAliceBlue* = Color(0xF0F8FF)
  colAntiqueWhite* = Color(0xFAEBD7)
  colAqua* = Color(0x00FFFF)
  colAquamarine* = Color(0x7FFFD4)
  colAzure* = Color(0xF0FFFF)
  colBeige* = Color(0xF5F5DC)
  colBisque* = Color(0xFFE4C4)
  colBlack* = Color(0x000000)
  colBlanchedAlmond* = Color(0xFFEBCD)
  colBlue* = Color(0x0000FF)
  colBlueViolet* = Color(0x8A2BE2)
  colBrown* = Color(0xA52A2A)
  colBurlyWood* = Color(0xDEB887)
  colCadetBlue* = Color(0x5F9EA0)
  colChartreuse* = Color(0x7FFF00)
  colChocolate* = Color(0xD2691E)
  colCoral* = Color(0xFF7F50)
  colCornflowerBlue* = Color(0x6495ED)
  colCornsilk* = Color(0xFFF8DC)
  colCrimson* = Color(0xDC143C)
  colCyan* = Color(0x00FFFF)
  colDarkBlue* = Color(0x00008B)
  colDarkCyan* = Color(0x008B8B)
  colDarkGoldenRod* = Color(0xB8860B)
  colDarkGray* = Color(0xA9A9A9)
  colDarkGrey* = Color(0xA9A9A9)
  colDarkGreen* = Color(0x006400)
  colDarkKhaki* = Color(0xBDB76B)
  colDarkMagenta* = Color(0x8B008B)
  colDarkOliveGreen* = Color(0x556B2F)
  colDarkorange* = Color(0xFF8C00)
  colDarkOrchid* = Color(0x9932CC)
  colDarkRed* = Color(0x8B0000)
  colDarkSalmon* = Color(0xE9967A)
  colDarkSeaGreen* = Color(0x8FBC8F)
  colDarkSlateBlue* = Color(0x483D8B)
  colDarkSlateGray* = Color(0x2F4F4F)
  colDarkSlateGrey* = Color(0x2F4F4F)
  colDarkTurquoise* = Color(0x00CED1)
  colDarkViolet* = Color(0x9400D3)
  colDeepPink* = Color(0xFF1493)
  colDeepSkyBlue* = Color(0x00BFFF)
  colDimGray* = Color(0x696969)
  colDimGrey* = Color(0x696969)
  colDodgerBlue* = Color(0x1E90FF)
  colFireBrick* = Color(0xB22222)
  colFloralWhite* = Color(0xFFFAF0)
  colForestGreen* = Color(0x228B22)
  colFuchsia* = Color(0xFF00FF)
  colGainsboro* = Color(0xDCDCDC)
  colGhostWhite* = Color(0xF8F8FF)
  colGold* = Color(0xFFD700)
  colGoldenRod* = Color(0xDAA520)
  colGray* = Color(0x808080)
  colGrey* = Color(0x808080)
  colGreen* = Color(0x008000)
  colGreenYellow* = Color(0xADFF2F)
  colHoneyDew* = Color(0xF0FFF0)
  colHotPink* = Color(0xFF69B4)
  colIndianRed* = Color(0xCD5C5C)
  colIndigo* = Color(0x4B0082)
  colIvory* = Color(0xFFFFF0)
  colKhaki* = Color(0xF0E68C)
  colLavender* = Color(0xE6E6FA)
  colLavenderBlush* = Color(0xFFF0F5)
  colLawnGreen* = Color(0x7CFC00)
  colLemonChiffon* = Color(0xFFFACD)
  colLightBlue* = Color(0xADD8E6)
  colLightCoral* = Color(0xF08080)
  colLightCyan* = Color(0xE0FFFF)
  colLightGoldenRodYellow* = Color(0xFAFAD2)
  colLightGray* = Color(0xD3D3D3)
  colLightGrey* = Color(0xD3D3D3)
  colLightGreen* = Color(0x90EE90)
  colLightPink* = Color(0xFFB6C1)
  colLightSalmon* = Color(0xFFA07A)
  colLightSeaGreen* = Color(0x20B2AA)
  colLightSkyBlue* = Color(0x87CEFA)
  colLightSlateGray* = Color(0x778899)
  colLightSlateGrey* = Color(0x778899)
  colLightSteelBlue* = Color(0xB0C4DE)
  colLightYellow* = Color(0xFFFFE0)
  colLime* = Color(0x00FF00)
  colLimeGreen* = Color(0x32CD32)
  colLinen* = Color(0xFAF0E6)
  colMagenta* = Color(0xFF00FF)
  colMaroon* = Color(0x800000)
  colMediumAquaMarine* = Color(0x66CDAA)
  colMediumBlue* = Color(0x0000CD)
  colMediumOrchid* = Color(0xBA55D3)
  colMediumPurple* = Color(0x9370D8)
  colMediumSeaGreen* = Color(0x3CB371)
  colMediumSlateBlue* = Color(0x7B68EE)
  colMediumSpringGreen* = Color(0x00FA9A)
  colMediumTurquoise* = Color(0x48D1CC)
  colMediumVioletRed* = Color(0xC71585)
  colMidnightBlue* = Color(0x191970)
  colMintCream* = Color(0xF5FFFA)
  colMistyRose* = Color(0xFFE4E1)
  colMoccasin* = Color(0xFFE4B5)
  colNavajoWhite* = Color(0xFFDEAD)
  colNavy* = Color(0x000080)
  colOldLace* = Color(0xFDF5E6)
  colOlive* = Color(0x808000)
  colOliveDrab* = Color(0x6B8E23)
  colOrange* = Color(0xFFA500)
  colOrangeRed* = Color(0xFF4500)
  colOrchid* = Color(0xDA70D6)
  colPaleGoldenRod* = Color(0xEEE8AA)
  colPaleGreen* = Color(0x98FB98)
  colPaleTurquoise* = Color(0xAFEEEE)
  colPaleVioletRed* = Color(0xD87093)
  colPapayaWhip* = Color(0xFFEFD5)
  colPeachPuff* = Color(0xFFDAB9)
  colPeru* = Color(0xCD853F)
  colPink* = Color(0xFFC0CB)
  colPlum* = Color(0xDDA0DD)
  colPowderBlue* = Color(0xB0E0E6)
  colPurple* = Color(0x800080)
  colRebeccapurple* = Color(0x663399)
  colRed* = Color(0xFF0000)
  colRosyBrown* = Color(0xBC8F8F)
  colRoyalBlue* = Color(0x4169E1)
  colSaddleBrown* = Color(0x8B4513)
  colSalmon* = Color(0xFA8072)
  colSandyBrown* = Color(0xF4A460)
  colSeaGreen* = Color(0x2E8B57)
  colSeaShell* = Color(0xFFF5EE)
  colSienna* = Color(0xA0522D)
  colSilver* = Color(0xC0C0C0)
  colSkyBlue* = Color(0x87CEEB)
  colSlateBlue* = Color(0x6A5ACD)
  colSlateGray* = Color(0x708090)
  colSlateGrey* = Color(0x708090)
  colSnow* = Color(0xFFFAFA)
  colSpringGreen* = Color(0x00FF7F)
  colSteelBlue* = Color(0x4682B4)
  colTan* = Color(0xD2B48C)
  colTeal* = Color(0x008080)
  colThistle* = Color(0xD8BFD8)
  colTomato* = Color(0xFF6347)
  colTurquoise* = Color(0x40E0D0)
  colViolet* = Color(0xEE82EE)
  colWheat* = Color(0xF5DEB3)
  colWhite* = Color(0xFFFFFF)
  colWhiteSmoke* = Color(0xF5F5F5)
  colYellow* = Color(0xFFFF00)
  colYellowGreen* = Color(0x9ACD32)

proc find(name: string): int =
  for i, (known, _) in table:
    if cmpIgnoreCase(known, name) == 0: return i
  -1

proc isColor*(name: string): bool =
  ## Is it the name of a color, or `#` and hexadecimal digits?
  if name.len == 0: return false
  if name[0] == '#':
    for i in 1 .. name.high:
      if name[i] notin HexDigits: return false
    true
  else:
    find(name) >= 0

proc parseColor*(name: string): Color =
  ## The color of that name, or of `#` and six digits. Raises ValueError for anything else.
  if name.len > 0 and name[0] == '#':
    if name.len == 7: return Color(parseHexInt(name))
  else:
    let at = find(name)
    if at >= 0: return table[at][1]
  raise newException(ValueError, "unknown color: " & name)
