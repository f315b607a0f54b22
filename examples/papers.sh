#!/bin/sh
# A folder of papers becomes a corpus, which is asked. Both papers are invented.
#
#   sh examples/papers.sh
set -eu

papers=$(mktemp -d)
trap 'rm -r "$papers"' EXIT

cat > "$papers/review.md" <<'END'
# Lichens on roofs: a short review

## 1 Growth

Lichens cover slate roofs in wet towns. A crust of roof lichen widens by two millimetres a year (1). On copper
gutters no lichen grows, since copper ions poison the algae inside it (2).

## 2 Removal

Boiled rice water loosens crusts from slate within a week (3).

## References

1. Tile T, Slate S. How fast roof lichens grow. J Roof Biol. (2019) 4:11–19. doi: 10.1000/roof.1
2. Gutter G. Copper and the algae of lichens. Forest Lett. (2020) 8:2–7. doi: 10.1000/roof.2
3. Rice R. Cleaning slate. House Sci. (2021) 2:30–33. doi: 10.1000/roof.3
END

cat > "$papers/growth.md" <<'END'
# How fast roof lichens grow

doi: 10.1000/roof.1

## Abstract

We measured forty crusts on slate for six years. The fastest crust widened by five millimetres in a wet year.
END

evqa ingest "$papers" --corpus lichens
echo
evqa ask "By how much does a crust of roof lichen widen in a year?" --corpus lichens
echo
evqa refs 2 --corpus lichens
