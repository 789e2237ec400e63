discard """
  output: '''
7q
9 0
[1, 2, 3, 0] true
[0, 0, 3, 4]
'''
"""
type Item = object
  id: int
  tag: char
let p = create(Item)
p.id = 7
p.tag = 'q'
echo p.id, p.tag
dealloc(p)
let m = cast[ptr UncheckedArray[int32]](alloc0(4 * sizeof(int32)))
for i in 0 ..< 4: m[i] += int32(i * i)
echo m[3], " ", m[0]
dealloc(m)
var a = [1'u8, 2, 3, 4]
var b: array[4, uint8]
copyMem(addr b, addr a, 3)
echo b, " ", equalMem(addr a, addr b, 3)
zeroMem(addr a, 2)
echo a
