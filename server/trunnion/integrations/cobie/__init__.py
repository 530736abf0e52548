"""COBie 2.4 workbooks: read, check and write handover data of buildings."""
