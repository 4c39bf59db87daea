"""What a disk says of itself that is not always true."""

from __future__ import annotations

import errno
import os


def takes_no_file(folder: int, files_left: int) -> bool:
    """Whether the disk of an open folder surely has no room for one file more, however many it says are left.

    Some file systems give no count of files (btrfs: 0 of 0), others a wrong one (a mount by rclone 1.60 of an SMB
    share: 0 of a thousand million left). A file without a name, which is gone at once, shows how it is; where such
    files are not known, or none may be made, it is not sure.
    """
    if files_left:
        return False
    try:
        os.close(os.open(".", os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600, dir_fd=folder))
    except OSError as error:
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return False
