var
  kept = 2
  first = kept * 10
  second = first + 1
echo "top level runs on first load only"
proc show*() = echo kept, " ", first, " ", second
