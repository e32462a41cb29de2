"""What a page shows besides its figures: numbers, explorers, tables of the ledger."""
