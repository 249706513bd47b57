"""The order desk: the one process that sends orders (``manage.py runorders``)."""
