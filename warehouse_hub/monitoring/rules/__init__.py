"""What decides in monitoring: plausibility, imputation, utilisation, disclosure control, deadlines."""
