"""Drawing photos small, whole, or to prove that it can be done; on a worker and never on the window's thread."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageIOHandler, QImageReader, QImageWriter

from app.salon.clients.pictures import MOST_PIXELS

_MEGABYTES = 4 * MOST_PIXELS // (1024 * 1024) + 16
"""More than the largest picture that is kept takes; a file that claims more is not drawn."""
_PROOF = 512
_JPEG_QUALITY = 90
_TURNED = QImageIOHandler.Transformation.TransformationRotate90


def covering(path: Path, size: QSize) -> QImage:
    """The photo so small that it just covers ``size`` (device pixels), upright; null when it cannot be drawn."""
    reader = _reader_of(QImageReader(str(path)))
    whole = _upright(reader)
    if whole.isEmpty():
        return QImage()
    return _drawn(reader, max(size.width() / whole.width(), size.height() / whole.height()))


def fitting(path: Path, longest: int) -> QImage:
    """The photo with no side longer than ``longest`` (device pixels), upright; null when it cannot be drawn."""
    reader = _reader_of(QImageReader(str(path)))
    whole = _upright(reader)
    if whole.isEmpty():
        return QImage()
    return _drawn(reader, longest / max(whole.width(), whole.height()))


def redrawn(content: bytes, longest: int) -> bytes | None:
    """What ``files.Redraw`` asks for: the picture with no side longer than ``longest``, None when it is small enough.

    Raises ValueError when it cannot be drawn.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = _reader_of(QImageReader(buffer))
    whole = _upright(reader)
    side = max(whole.width(), whole.height())
    image = QImage() if side <= 0 else _drawn(reader, (longest if side > longest else _PROOF) / side)
    if image.isNull():
        raise ValueError(reader.errorString())
    return written(image) if side > longest else None


def pasted(image: QImage, longest: int) -> bytes:
    """A picture from the clipboard as a file. Raises ValueError when there is nothing in it."""
    if max(image.width(), image.height()) > longest:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio, smooth)
    return written(image)


def written(image: QImage) -> bytes:
    """The picture as JPEG, or as PNG where one can see through it. Raises ValueError when that cannot be done."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png" if image.hasAlphaChannel() else b"jpeg"))
    if not image.hasAlphaChannel():
        writer.setQuality(_JPEG_QUALITY)
    if image.isNull() or not writer.write(image):
        raise ValueError(writer.errorString())
    return bytes(buffer.data().data())


def _reader_of(reader: QImageReader) -> QImageReader:
    if QImageReader.allocationLimit() != _MEGABYTES:
        QImageReader.setAllocationLimit(_MEGABYTES)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader


def _upright(reader: QImageReader) -> QSize:
    """The size of the picture when it stands upright, from its head alone; empty where it is more than may be."""
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return QSize()
    return size.transposed() if reader.transformation() & _TURNED else size


def _drawn(reader: QImageReader, share: float) -> QImage:
    size = reader.size()
    if share < 1:
        reader.setScaledSize(QSize(max(1, round(size.width() * share)), max(1, round(size.height() * share))))
    image = reader.read()
    if image.colorSpace().isValid() and image.colorSpace() != QColorSpace(QColorSpace.NamedColorSpace.SRgb):
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return image
