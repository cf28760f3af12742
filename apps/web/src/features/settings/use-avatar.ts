import { ChatError, type OwnUser } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showSelf } from '../../lib/chat/actions.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { client } from '../../lib/session/client.ts'
import type { Crop } from './crop.ts'
import { NoPicture, openPicture, type Picture } from './picture.ts'

/** A picture is chosen, cut out, and sent; the server makes it small. */
export function useAvatar() {
  const { t } = useTranslation('settings')
  const [picture, setPicture] = useState<Picture | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  function explain(error: unknown) {
    const code = error instanceof ChatError ? error.code : null
    if (error instanceof NoPicture) setProblem(t(error.text))
    else if (code === 'too-large') setProblem(t('pictureTooLarge'))
    else if (code === 'invalid' || code === 'unsupported-media-type') setProblem(t('pictureWrong'))
    else setProblem(problemText(error))
  }

  async function choose(file: File) {
    setProblem(null)
    try {
      setPicture(await openPicture(file))
    } catch (error) {
      explain(error)
    }
  }

  function close() {
    if (picture) URL.revokeObjectURL(picture.url)
    setPicture(null)
  }

  async function save(send: () => Promise<OwnUser>) {
    setIsBusy(true)
    setProblem(null)
    try {
      showSelf(await send())
    } catch (error) {
      explain(error)
    }
    setIsBusy(false)
  }

  async function use(crop: Crop) {
    if (!picture) return
    const { file } = picture
    close()
    await save(() => client.users.setAvatar(file, crop))
  }

  return { picture, problem, isBusy, choose, close, use, remove: () => save(removeAvatar) }
}

function removeAvatar(): Promise<OwnUser> {
  return client.users.removeAvatar()
}
