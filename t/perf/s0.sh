# What a prompt or a loop in a script pays.
repo=$(repository 10)
set -- $(measure fu -C "$repo" next ::: git --version)
row S0 "fu next, 10 opportunities" "git --version" $1 $5 2
