"""What Gradio itself writes on the page, in Vietnamese: it has no Vietnamese of its own.

Gradio chooses by the browser's language, and many a browser in Vietnam is an English one: so it is given as both.
"""

import gradio as gr

_TEXTS = {
    "blocks.connection_can_break": "Trên điện thoại, kết nối có thể ngắt khi chuyển trang hoặc tắt màn hình.",
    "blocks.long_requests_queue": "Đang có nhiều câu hỏi chờ trả lời.",
    "blocks.lost_connection": "Mất kết nối vì rời trang; đang kết nối lại…",
    "blocks.waiting_for_inputs": "Tệp chưa tải lên xong, hãy thử lại.",
    "chat_interface.chatbot": "Hội thoại",
    "chat_interface.conversation": "Hội thoại",
    "common.clear": "Xoá",
    "common.download": "Tải về",
    "common.error": "Lỗi",
    "common.loading": "Đang mở",
    "common.or": "hoặc",
    "common.remove": "Bỏ",
    "errors.contact_page_author": "Hãy báo người quản trị.",
    "file.uploading": "Đang tải lên…",
    "status.queue_position": "Đang chờ: {position}/{size}",
    "upload_text.click_to_upload": "bấm để chọn tệp",
    "upload_text.drop_file": "Kéo thả tệp vào đây",
}

NOTES = {
    "currently busy": "Máy chủ đang bận: hãy chờ ít giây rồi hỏi lại.",
    "Connection to the server was lost": "Mất kết nối với máy chủ, đang thử lại…",
    "Connection errored out": "Không liên lạc được với máy chủ: hãy kiểm tra mạng rồi thử lại.",
    "Could not parse server response": "Máy chủ không trả lời được: hãy thử lại, hoặc hỏi ngắn hơn.",
    "exceeds maximum allowed size": "Tệp lớn quá giới hạn: hãy chia nhỏ tệp.",
}
"""Gradio's notes that its own translation does not reach, by a part of each."""


def built_in_texts() -> gr.I18n:
    """Gradio's texts, for ``launch``."""
    return gr.I18n(en=_TEXTS, vi=_TEXTS)
