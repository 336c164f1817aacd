"""What a person is shown of an analysis: letters and their names, how suspicious a text is, a cell of a notebook."""
