"""What the tests share: small locals on disk, composed pages as text, the seeds' word runs."""
