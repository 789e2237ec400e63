discard """
  output: '''
#FF0000 #010203 #FF8000 #0000FFfalsefalsetrue
(r: 240, g: 248, b: 255)#FF00FF#00FFFF#404040true
unknown color: nope
'''
"""
import colors
echo colRed, " ", rgb(1, 2, 3), " ", parseColor("#ff8000"), " ", parseColor("Blue"), isColor("nope"), isColor("#12345g"), isColor("lightgreen")
echo extractRGB(colAliceBlue), colRed + colBlue, colWhite - colRed, intensity(colGray, 0.5), colRed == rgb(255, 0, 0)
try: discard parseColor("nope")
except ValueError as e: echo e.msg
