#! (4, 1) Error: end of multiline comment expected
echo 1
#[ a #[ b ]#
echo 2
