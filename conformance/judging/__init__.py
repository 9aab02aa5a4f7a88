"""From what checks found to verdicts: judgement, ledgers, fingerprints of failures."""
