"""What measures and builds the models: gold, metrics, training."""
