package runnel.web;

import io.javalin.http.Context;
import runnel.chat.Refused;
import runnel.store.Uploads;
import runnel.web.account.LinkAuthentication;

/// The files beside the messages that a link shows. No browser keeps them: the link may end.
record SharedFiles(LinkAuthentication links, Uploads uploads) {
    /// GET /api/shares/{share}/uploads/{upload}
    void show(Context ctx) {
        var share = links.share(ctx);
        ShareRoutes.noindex(ctx);
        UploadRoutes.answer(ctx, uploads.find(share.owner(), ctx.pathParam("upload"))
                .filter(sent -> links.shares().shows(share, sent.upload().id())).orElseThrow(Refused::notFound));
    }
}
