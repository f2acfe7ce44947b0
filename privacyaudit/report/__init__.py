"""What a person is shown of an audit record, and the files it is written to."""
