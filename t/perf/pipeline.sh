# pipeline.sh <rows>: a sales pipeline as a CRM exports it, made from a seed.
# In 8,800 rows: 4,238 won, 2,473 lost, 1,589 engaging, 500 prospecting.
awk -v n="$1" 'BEGIN {
	split("Anna Snelling,Reed Clapper,Lajuana Vencill,Moses Frase,Darcel Schlecht", agents, ",")
	split("GTX Basic,GTX Pro,MG Special,MG Advanced,GTX Plus Pro", products, ",")
	srand(20261120)
	print "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"
	for (i = 1; i <= n; i++) {
		engage = int(rand() * 200)
		begin = (engage % 12 + 1) "/" (engage % 28 + 1) "/16"
		end = (engage % 12 + 1) "/" (engage % 28 + 1) "/17"
		draw = i * 4049 % 8800
		stage = draw < 4238 ? "Won" : draw < 6711 ? "Lost" : draw < 8300 ? "Engaging" : "Prospecting"
		if (stage == "Prospecting")
			begin = "00/00/0000"
		if (stage == "Prospecting" || stage == "Engaging")
			end = "00/00/0000"
		value = stage == "Won" ? int(rand() * 5000) + 50 : 0
		account = rand() < 0.16 ? "" : "Client number " int(rand() * 85)
		printf "O%07d,%s,%s,%s,%s,%s,%s,%d\n", i, agents[i % 5 + 1], products[i % 5 + 1], \
			account, stage, begin, end, value
	}
}'
