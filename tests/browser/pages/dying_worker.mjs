// The package's worker, with an end of its own.

import "./throw_on_message.mjs";
import "/package/dist/worker.mjs";
