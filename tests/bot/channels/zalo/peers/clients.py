"""Client libraries of others, run in an environment of their own against a server of ours.

`clients.py NAME URL TOKEN CHAT`; what they got is written as JSON.
"""

import asyncio
import json
import sys


async def python_zalo_bot(url, token, chat):
    from zalo_bot import Bot

    async with Bot(token, base_url=url) as bot:
        me = await bot.get_me()
        update = await bot.get_update(timeout=5)
        sent = await bot.send_message(chat, "từ python-zalo-bot")
        await bot.send_chat_action(chat, "typing")
        return me.account_name, update.message.text, update.message.chat.id, bool(sent.message_id)


async def zalo_bot_mcp(url, token, chat):
    from zalo_bot_mcp import zalo_api

    zalo_api.BASE_URL = url
    async with zalo_api.ZaloBotApi(token) as bot:
        me = await bot.get_me()
        update = zalo_api.parse_update(await bot.get_updates(timeout=5))
        nothing = await bot.get_updates(timeout=0)
        sent = await bot.send_message(chat, "từ zalo-bot-mcp")
        await bot.send_chat_action(chat)
        hook = await bot.get_webhook_info()
        return me["account_name"], update.text, update.chat_id, bool(sent["message_id"]), nothing, hook


async def zalo_sdk(url, token, chat):
    from zalo_sdk import ZaloException, oa

    client = oa.Client("1", "secret", access_token=token, endpoint_prefix=url)
    sent = client.send_message(oa.ZaloRecipient(user_id=chat), oa.ZaloMessageBody("từ zalo-sdk"))
    quota = client.get_zalo_user_quotas(chat)
    uploaded = client.upload_file(b"%PDF-1.4", "file", "a.pdf", "application/pdf")
    try:
        oa.Client("1", "secret", access_token="wrong", endpoint_prefix=url).get_user_detail(chat)
        refused = ""
    except ZaloException as error:
        refused = type(error).__name__
    return sent, quota, uploaded, refused


if __name__ == "__main__":
    name, *given = sys.argv[1:]
    sys.stdout.write(json.dumps(asyncio.run(globals()[name](*given)), default=vars))
