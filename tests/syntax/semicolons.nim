let x = 1; var y = 2
echo x; echo y;
