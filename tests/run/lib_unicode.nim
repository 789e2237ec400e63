discard """
  output: '''
6AÑYÓNGàéî10,yña
a 1 97 true
ñ 2 241 true
€ 3 8364 false
𝄞 4 119070 false
añyañytruefalsetrue
Äb Cd|x|@["a", "b"]___×é  |
ΒetaαLPHA βETA2-1ñññ
4ñó2
0true😀true
a.ñ.€.
ABΓabγtruetruetrue
1 2 three@["a", "b", "c"](é, 2)
'''
"""
import std/unicode
echo "añyóng".runeLen, toUpper("añyóng"), toLower("ÀÉÎ"), "Hänsel  ««: 10,00€".runeSubStr(-6, 3), reversed("añy")
for r in "añ€𝄞".runes: echo r, " ", r.size, " ", r.int, " ", r.isAlpha
echo "añy".toRunes, $"añy".toRunes, isAlpha("añy"), isAlpha("a1"), isSpace(" \t")
echo title("äb cd"), "|", "  x ".strip, "|", "a,b".split(Rune(',')), align("×", 4, '_'.Rune), alignLeft("é", 3), "|"
echo capitalize("βeta"), swapCase("Αlpha Βeta"), "ab\xffcd".validateUtf8, "ok".validateUtf8, "ñ".runeAt(0).repeat(3)
echo runeOffset("añyóng", 3), runeAtPos("añyóng", 1), runeStrAtPos("añyóng", 3), runeLenAt("añ", 1)
echo cmpRunesIgnoreCase("Äa", "äA"), cmpRunesIgnoreCase("a", "b") < 0, Rune(0x1F600), "é".runeAt(0) == Rune(0xE9)
for s in "añ€".utf8: stdout.write s, "."
echo ""
echo toUpper("abγ"), "ABΓ".toLower, isUpper("Γ".runeAt(0)), isLower("γ".runeAt(0)), isWhiteSpace(Rune(0x2003))
proc numbers(s: string): string =
  case s
  of "one": "1"
  of "two": "2"
  else: s
echo translate("one two three", numbers), splitWhitespace("a b\tc"), lastRune("aé", 2)
