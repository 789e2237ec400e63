import shared, first
echo "second"
total += 10
