"""The services of Xiangzhi; each folder is one, and each folder inside it is one capability."""
