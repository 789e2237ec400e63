discard """
  output: '''
 -> IP Address string is empty false
1.2.3.4 -> 1.2.3.4 IPv4 true
0.0.0.0 -> 0.0.0.0 IPv4 true
255.255.255.255 -> 255.255.255.255 IPv4 true
256.1.1.1 -> Invalid IP Address. Value is out of range false
1.2.3 -> Invalid IP Address false
1.2.3.4.5 -> Invalid IP Address. The address consists of too many groups false
1..2.3 -> Invalid IP Address. The address consists of too many groups false
01.2.3.4 -> Invalid IP address. Octal numbers are not allowed false
0.00.1.1 -> Invalid IP address. Octal numbers are not allowed false
1.2.3.x -> Invalid IP Address. Address contains an invalid character false
1.2.3. -> Invalid IP Address false
.1.2.3 -> Invalid IP Address. The address consists of too many groups false
 1.2.3.4 -> Invalid IP Address. Address contains an invalid character false
1.2.3.4  -> Invalid IP Address. Address contains an invalid character false
a -> Invalid IP Address. Address contains an invalid character false
: -> Invalid IP Address false
:: -> :: IPv6 true
::1 -> ::1 IPv6 true
1:: -> 1:: IPv6 true
1:2:3:4:5:6:7:8 -> 1:2:3:4:5:6:7:8 IPv6 true
1:2:3:4:5:6:7 -> Invalid IP Address. The address consists of too few groups false
1:2:3:4:5:6:7:8:9 -> Invalid IP Address. The address consists of too many groups false
1:2:3:4:5:6:7:: -> 1:2:3:4:5:6:7:: IPv6 true
::2:3:4:5:6:7:8 -> ::2:3:4:5:6:7:8 IPv6 true
1::2::3 -> Invalid IP Address. Address contains an invalid separator false
::: -> Invalid IP Address. Address contains an invalid separator false
:1 -> Invalid IP Address. Address may not start with ":" false
1: -> Invalid IP Address. Address may not end with ":" false
12345:: -> Invalid IP Address. Value is out of range false
g:: -> Invalid IP Address. Address contains an invalid character false
FFFF:abcd::Ef -> ffff:abcd::ef IPv6 true
2001:db8:0:0:1:0:0:1 -> 2001:db8::1:0:0:1 IPv6 true
0:0:1:: -> 0:0:1:: IPv6 true
1:0:0:2:0:0:0:3 -> 1:0:0:2::3 IPv6 true
::ffff:1.2.3.4 -> ::ffff:102:304 IPv6 true
::1.2.3 -> Invalid IP Address false
1:2:3:4:5:6:1.2.3.4 -> 1:2:3:4:5:6:102:304 IPv6 true
1:2:3:4:5:6:7:1.2.3.4 -> Invalid IP Address false
::1.2.3.256 -> Invalid IP Address. Value is out of range false
::01.2.3.4 -> Invalid IP address. Octal numbers not allowed false
::1.2.3.4.5 -> Invalid IP Address false
::1.2.x.4 -> Invalid IP Address. Address contains an invalid character false
1:2:3:4:5:6:7:8:: -> Invalid IP Address. The address consists of too many groups false
::1:2:3:4:5:6:7:8 -> Invalid IP Address. The address consists of too many groups false
fe80::1%eth0 -> Invalid IP Address. Address contains an invalid character false
1.2:3 -> Invalid IP Address false
12:1.2.3.4 -> Invalid IP Address. The address consists of too few groups false
1:2:3:4:5:6:7: -> Invalid IP Address. Address may not end with ":" false
::1: -> Invalid IP Address. Address may not end with ":" false
0.0.0.0 127.0.0.1 255.255.255.255 :: ::1
falsetruefalse
Peek ReadFullLine OptNoDelay40001000000
'''
"""
# Addresses as text.
import net
for s in ["", "1.2.3.4", "0.0.0.0", "255.255.255.255", "256.1.1.1", "1.2.3", "1.2.3.4.5", "1..2.3", "01.2.3.4", "0.00.1.1", "1.2.3.x", "1.2.3.", ".1.2.3", " 1.2.3.4", "1.2.3.4 ", "a",
    ":", "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::2::3", ":::", ":1", "1:", "12345::", "g::", "FFFF:abcd::Ef", "2001:db8:0:0:1:0:0:1", "0:0:1::", "1:0:0:2:0:0:0:3",
    "::ffff:1.2.3.4", "::1.2.3", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.256", "::01.2.3.4", "::1.2.3.4.5", "::1.2.x.4", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "fe80::1%eth0", "1.2:3", "12:1.2.3.4", "1:2:3:4:5:6:7:", "::1:"]:
  try:
    let a = parseIpAddress(s)
    echo s, " -> ", a, " ", a.family, " ", isIpAddress(s)
  except ValueError as e: echo s, " -> ", e.msg, " ", isIpAddress(s)
echo IPv4_any(), " ", IPv4_loopback(), " ", IPv4_broadcast(), " ", IPv6_any(), " ", IPv6_loopback()
echo IPv4_any() == IPv6_any(), parseIpAddress("::1") == IPv6_loopback(), parseIpAddress("1.2.3.4") == parseIpAddress("1.2.3.5")
echo SocketFlag.Peek, " ", ReadFullLine, " ", OptNoDelay, BufferSize, MaxLineLength
