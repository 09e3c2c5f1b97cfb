import csv
from pathlib import Path

import streamlit as st

rows = list(csv.DictReader(Path("data/sales.csv").open()))
st.title("Sales")
st.table(rows)
