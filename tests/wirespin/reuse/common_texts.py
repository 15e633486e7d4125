"""Made-up articles that share wording without one being made from the other, and the same stories really reused."""

from __future__ import annotations

RELEASE_BY_AGENCY = """HALDEN, Norway (Reuters) - Norwegian fish processor Halden Seafood on Tuesday called back \
12,400 packs of smoked trout sold in three countries after routine checks found listeria at one of its two plants.

The recall covers 200-gram packs with use-by dates up to March 14 that went to shops in Norway, Sweden and Denmark, \
the company said. Nobody was known to have fallen ill.

"We are taking this step out of an abundance of caution, and we are sorry for the worry it causes," chief executive \
Ingrid Moen said in a statement. "Production at the plant stands still until every line has been taken apart and \
cleaned."

Shares in the company fell 6.5 percent in Oslo, their worst day since 2019. Analyst Henrik Dahl of Fjord Markets put \
the cost at up to 30 million crowns.

Norway's food safety authority said it had sent inspectors to the plant and was waiting for laboratory results.

Halden Seafood, founded in 1962, employs 310 people at two plants and exports to 14 countries. It was last in the \
news in autumn, when workers struck for nine days over night shifts.
"""

RELEASE_BY_PAPER = """If there is smoked trout from Halden in your refrigerator, look at the date on the back of it.

Shoppers in Gothenburg were asked on Tuesday to bring 200-gram packs marked March 14 or earlier back to the till, \
where they get their money without a receipt. Listeria, a bacterium that is dangerous for pregnant women, had turned \
up in the works across the border.

"I took the lot off the shelf before we opened," said Karin Ek, who runs the fish counter of the market hall. \
"People have asked about nothing else this morning."

The manufacturer speaks of 12,400 packs in three countries. "We are taking this step out of an abundance of caution, \
and we are sorry for the worry it causes," its head, Ingrid Moen, let it be known.

Who has eaten of the fish and feels well need do nothing, the regional doctor Anders Holm told this paper. Fever or \
a stiff neck within four weeks is a reason to call 1177.

Halden Seafood, founded in 1962, employs 310 people at two plants and exports to 14 countries.
"""

RELEASE_REWRITTEN = """Smoked trout from Norway recalled over listeria

Halden Seafood of Norway is taking 12,400 packs of its smoked trout off the market in three countries because \
listeria turned up during a routine inspection in one of the firm's two factories, the news agency Reuters reports.

Affected are packs of 200 grams that should be used by March 14 at the latest. They were on sale in Norwegian, \
Swedish and Danish supermarkets. The firm is not aware of anybody who got sick.

"We are taking this step out of an abundance of caution, and we are sorry for the worry it causes," said Ingrid \
Moen, who heads the company. "Production at the plant stands still until every line has been taken apart and \
cleaned."

On the Oslo exchange the stock lost 6.5 percent, more than on any day since 2019. The recall may cost as much as 30 \
million crowns, in the estimate of Henrik Dahl, who follows the firm for Fjord Markets.

Inspectors of the Norwegian food authority are on the spot, and results from the laboratory are still to come.

The firm goes back to 1962. It has 310 workers, delivers to 14 countries, and had a strike of nine days over night \
work last autumn.
"""

SPEECH_BY_AGENCY = """VALLETTA (AP) - The president of the Mediterranean bank told finance ministers on Friday that \
they had wasted the good years and would be judged by how they used the bad ones.

"You were given ten years of cheap money, and you built roundabouts with it," Lucia Farrugia said to silence in the \
hall. She named no country.

The conference had been expected to settle the rules of a fund for the ports. A draft seen by The Associated Press \
left the amount open.

"No bank can lend a government the will to govern," she went on. "What we can do is to say aloud what the markets \
will say later, and less politely."

Ministers from the north applauded. Their southern colleagues stayed in their seats, and two left before the end.

"I shall not stand here again," said Farrugia, whose term ends in June. "Let me therefore be remembered as the guest \
who told you that the roof was burning."
"""

SPEECH_BY_PAPER = """Our correspondent in Malta has heard many farewell addresses. This one he will not forget.

At its end the outgoing head of the Mediterranean bank gathered her papers, looked up and added what stood in no \
manuscript: "Let me therefore be remembered as the guest who told you that the roof was burning." Some rose from \
their chairs. It was not to clap.

Until then Lucia Farrugia had been almost gentle. She thanked the cooks; she praised the sea. Then came, within a \
quarter of an hour, the sentences which will be quoted from Lisbon to Nicosia.

"No bank can lend a government the will to govern," was one. "You were given ten years of cheap money, and you built \
roundabouts with it," another, at which Portugal's Duarte Nunes studied his shoes.

Afterwards, over coffee, the Spaniard beside me called it a scandal and the Greek a sermon. "She is right, and she \
could have said it in 2015," an adviser of the Commission whispered.
"""

ARCHIVE_BY_AGENCY = """TALLINN (dpa) - Rescue teams on Sunday freed 23 sailors from a freighter that had run aground \
in a storm off the Estonian island of Osmussaar, the coast guard said.

All of them were cold but unhurt, spokeswoman Maarja Tamm said. "The last one off was the captain, as it should be."

The Panama-flagged vessel was on its way from Riga to Rotterdam with timber. Divers are to look for damage to the \
hull once the wind drops.

Some 400 tons of fuel are on board. A tug from Finland was expected during the night.

The waters off the island have long been feared by seamen. In 1994 a ferry went down there on its way to Stockholm, \
and 852 people lost their lives in the worst disaster on the Baltic in peacetime. A memorial on the shore bears \
their names, and every September relatives from Sweden and Estonia lay wreaths there.
"""

ARCHIVE_BY_PAPER = """TALLINN (dpa) - The artist Kristjan Raudsepp has won the contest for a new lighthouse at the \
mouth of the Gulf of Finland, the culture ministry announced on Thursday.

His tower of glass and oak beat 61 other designs. It is to be lit for the first time in two years and will cost 9 \
million euros, a third of it from private donors.

"It should look as if the sea had grown it," said Raudsepp, who is 34. The jury praised what it called a modest \
beam.

The waters off the island have long been feared by seamen. In 1994 a ferry went down there on its way to Stockholm, \
and 852 people lost their lives in the worst disaster on the Baltic in peacetime. A memorial on the shore bears \
their names, and every September relatives from Sweden and Estonia lay wreaths there.

Fishermen had asked for a plain steel mast instead. Their association said it would not stand in the way of the \
work.
"""
