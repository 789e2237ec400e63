1_000
0xFF'i8
0b1010_0101u8
0o17
5'u
12'i64
123456789012
0xFFFFFFFFFFFFFFFF
1.5
1e5
1_000.5e-3'f32
2'f64
0x3F80_0000'f32
f(-5, a -1, a - 1, -x)
[-9223372036854775808]
12'km
-3.5'foo
'a'
'\n'
'\''
'\x41'
"tab\tquote\" \x41\65\u{1F600}\u0041"
r"raw\n""quoted"
"""first
second\n"""
"""
after a break"""""
re"\d+"
x.re"\s"
sql"""select "a" """
nil
`a b`
`[]=`(x, 1, 2)
`+`(1, 2)
`'km`("5")
x.`type`
x ∪ y ∩ z
#[ nested #[ comment ]# ]#
## A comment
## of two lines.

##[ A block
of one ]##
