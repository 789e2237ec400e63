import shared
echo "first"
total += 1
