/** What a business shows, its profile and its catalogue, and how it keeps order among its chats. */

import { addProductToCollection } from './add-product-to-collection.js'
import { availableCategories } from './available-categories.js'
import { chatsNotes } from './chats-notes.js'
import { companyAddress } from './company-address.js'
import { companyCategories } from './company-categories.js'
import { companyDescription } from './company-description.js'
import { companyEmail } from './company-email.js'
import { companyWebsites } from './company-websites.js'
import { createCollection } from './create-collection.js'
import { createTag } from './create-tag.js'
import { deleteCollection } from './delete-collection.js'
import { deleteProduct } from './delete-product.js'
import { deleteTag } from './delete-tag.js'
import { editCollection } from './edit-collection.js'
import { editProduct } from './edit-product.js'
import { editTag } from './edit-tag.js'
import { getProductId } from './get-product-id.js'
import { getProductsPhoneV2 } from './get-products-phone-v2.js'
import { getProductsPhone } from './get-products-phone.js'
import { getProductsV2 } from './get-products-v2.js'
import { getProducts } from './get-products.js'
import { businessHours } from './hours.js'
import { listCollectionProducts } from './list-collection-products.js'
import { listCollections } from './list-collections.js'
import { businessProfile } from './profile.js'
import { removeProductFromCollection } from './remove-product-from-collection.js'
import { saveCatalogConfig } from './save-catalog-config.js'
import { tagsAdd } from './tags-add.js'
import { tagsColors } from './tags-colors.js'
import { tagsRemove } from './tags-remove.js'
import { tags } from './tags.js'

export const businessEndpoints = [
  businessProfile,
  companyAddress,
  companyDescription,
  companyEmail,
  companyWebsites,
  businessHours,
  companyCategories,
  availableCategories,
  getProducts,
  getProductsV2,
  getProductsPhone,
  getProductsPhoneV2,
  getProductId,
  listCollections,
  listCollectionProducts,
  editProduct,
  deleteProduct,
  createCollection,
  editCollection,
  deleteCollection,
  addProductToCollection,
  removeProductFromCollection,
  saveCatalogConfig,
  tags,
  tagsColors,
  createTag,
  editTag,
  deleteTag,
  tagsAdd,
  tagsRemove,
  chatsNotes,
]
