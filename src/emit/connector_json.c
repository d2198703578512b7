/* A connector's settings as the body of PUT /connectors/NAME/config, which may be sent again and
 * again. */
#include "artifacts.h"
#include "connector.h"

struct doc *emit_connector_json(struct emission *emission, const struct emit_item *item)
{
    return connector_settings(emission->arena, item->connector);
}
